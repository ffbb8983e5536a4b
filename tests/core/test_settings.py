"""Settings that would only fail later are refused at the start."""

import pytest
from pydantic import ValidationError

from siyu.core.settings import Settings
from siyu.supervisor import child_environment

OWN = "http://user:secret@clickhouse.test:8123/siyu"


def test_a_cluster_needs_an_address_and_a_name_that_sql_can_carry():
    for cluster, url in (("main", None), ("ma'in", OWN), ("", OWN)):
        with pytest.raises(ValidationError):
            Settings(clickhouse_cluster=cluster, clickhouse_url=url)


def test_children_get_the_same_cluster(monkeypatch):
    given = child_environment(Settings(clickhouse_cluster="main", clickhouse_url=OWN))
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert Settings().clickhouse_cluster == "main"
