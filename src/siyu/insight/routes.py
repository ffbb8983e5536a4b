"""All HTTP doors of insight."""

from litestar.types import ControllerRouterHandler

from siyu.insight.dashboard.routes import DashboardController
from siyu.insight.drilldown.routes import DrilldownController
from siyu.insight.home.routes import HomeController
from siyu.insight.live.routes import LiveController
from siyu.insight.today.routes import TodayController

controllers: list[ControllerRouterHandler] = [
    DashboardController,
    DrilldownController,
    HomeController,
    LiveController,
    TodayController,
]
