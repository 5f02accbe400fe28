"""The starter of Elasticsearch: a server that is alone, and nodes that find each other."""

from pathlib import Path
from types import ModuleType

import pytest

BIN = Path(__file__).resolve().parents[2] / "site/bin"
PORTS = [9201, 9202, 9205]
EVERYONE = "127.0.0.1:9301,127.0.0.1:9302,127.0.0.1:9305"


@pytest.fixture
def starter(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BIN))
    monkeypatch.setenv("ES_JAVA_HOME", "/java")  # the programs may not be there: nothing is started here
    import elasticsearch_node

    return elasticsearch_node


def settings_of(command: list[str]) -> dict[str, str]:
    given = [word.removeprefix("-E").partition("=") for word in command if word.startswith("-E")]
    return {name: value for name, _sign, value in given}


def test_the_nodes_of_a_new_cluster_find_each_other_and_may_found_it(starter: ModuleType) -> None:
    nodes = starter.layout(Path("/servers/portal-drill"), 3, PORTS)
    discovery = starter.discovery_of(nodes, is_new=True)
    one, two, _three = (settings_of(node.command("portal-drill", discovery)) for node in nodes)
    for settings in (one, two):
        assert settings["cluster.name"] == "portal-drill"
        assert settings["discovery.seed_hosts"] == EVERYONE
        assert settings["cluster.initial_master_nodes"] == "portal-drill-1,portal-drill-2,portal-drill-3"
        assert "discovery.type" not in settings
    assert (one["node.name"], two["node.name"]) == ("portal-drill-1", "portal-drill-2")
    assert (one["http.port"], one["transport.port"]) == ("9201", "9301")
    assert (two["http.port"], two["transport.port"]) == ("9202", "9302")
    assert len({settings[path] for settings in (one, two) for path in ("path.data", "path.logs")}) == 4


def test_a_node_that_has_died_does_not_found_the_cluster_again(starter: ModuleType) -> None:
    nodes = starter.layout(Path("/servers/portal-drill"), 3, PORTS)
    assert starter.discovery_of(nodes, is_new=False) == {"discovery.seed_hosts": EVERYONE}


def test_a_server_that_is_alone_looks_for_nobody(starter: ModuleType) -> None:
    (node,) = starter.layout(Path("/servers/portal-dev"), 1, [9200])
    settings = settings_of(node.command("portal-dev", starter.discovery_of([node], is_new=True)))
    assert settings["discovery.type"] == "single-node"
    assert not [name for name in settings if name.startswith(("discovery.seed", "cluster.initial"))]
    assert (node.folder, settings["node.name"]) == (Path("/servers/portal-dev"), "portal-dev")


def test_nodes_that_a_cluster_gets_more_have_ports_of_their_own(starter: ModuleType) -> None:
    ports = [node.port for node in starter.layout(Path("/servers/portal-drill"), 5, PORTS)]
    assert ports == [*PORTS, 9206, 9207]
    assert [node.port for node in starter.layout(Path("/servers/portal-drill"), 3, [9200])] == [
        9200,
        9201,
        9202,
    ]
