"""What the feeder must remember between runs."""

from sqlalchemy import BigInteger, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db.base import Base
from siyu.core.db.policies import SYS


class AnalyticsBatch(Base):
    """The positions of a shard that are being sent to the analytics engine.

    Committed before they are sent: whoever goes on after a crash must send the very
    same batch, or the engine could not know it again.
    """

    __tablename__ = "analytics_batch"
    __table_args__ = ({"schema": SYS},)

    shard: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    first: Mapped[int] = mapped_column(BigInteger)
    last: Mapped[int] = mapped_column(BigInteger)
