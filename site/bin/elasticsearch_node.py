"""A node of Elasticsearch: its folder, its port, its process, and what it is told about its cluster."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from checkout import fail, say
from daemon import is_free, process_of, stop_process
from elasticsearch_archive import IS_ROOT, programs

# A small node: the serial collector, no memory touched in advance (half the memory) and the quick
# compiler only (half the processor time of a start).
JAVA_OPTIONS = [
    "-Xms512m",
    "-Xmx512m",
    "-XX:+UseSerialGC",
    "-XX:-AlwaysPreTouch",
    "-XX:TieredStopAtLevel=1",
    "-Djava.io.tmpdir=${ES_TMPDIR}",
]
TRANSPORT = 100  # how far the port between nodes is from the one for clients
USER, GROUP = pwd.getpwnam("nobody")[2:4] if IS_ROOT else (os.geteuid(), os.getegid())


@dataclass
class Node:
    """One process of Elasticsearch; a server that is alone is one, too."""

    name: str
    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Where it answers clients."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def temporary(self) -> Path:
        """Its folder for temporary files, by which its process is recognised."""
        return self.folder / "tmp"

    def process(self) -> int | None:
        """Return the id of the running node."""
        return process_of(self.folder / "pid", str(self.temporary))

    def launch(self, cluster: str, discovery: Mapping[str, str]) -> subprocess.Popen[bytes]:
        """Begin to start the node; the program returned ends as soon as the node is up, or has failed."""
        self._prepare()
        with (self.folder / "logs/start.log").open("w") as output:
            return subprocess.Popen(
                self.command(cluster, discovery),
                cwd=programs() / "elasticsearch",
                env={"ES_TMPDIR": str(self.temporary), "ES_JAVA_OPTS": os.environ.get("ES_JAVA_OPTS", "")},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                user=USER,
                group=GROUP,
                extra_groups=[] if IS_ROOT else None,
            )

    def _prepare(self) -> None:
        """Lay out the folder of the node, owned by the account that it runs as."""
        for name in ("config", "data", "logs", "tmp"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "config/jvm.options").write_text("\n".join(JAVA_OPTIONS))
        shutil.copy(programs() / "elasticsearch/config/log4j2.properties", self.folder / "config")
        for path in (self.folder, *self.folder.iterdir()):
            os.chown(path, USER, GROUP)

    def command(self, cluster: str, discovery: Mapping[str, str]) -> list[str]:
        """Return what Elasticsearch's own start script would run; the archive has no such script."""
        home = programs() / "elasticsearch"
        java = os.environ.get("ES_JAVA_HOME") or next(programs().glob("jdk*"))
        quick = ["-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
        properties = {
            "cli.name": "server",
            "cli.script": "server",
            "cli.libs": "lib/tools/server-cli",
            "es.path.home": home,
            "es.path.conf": self.folder / "config",
            "es.distribution.type": "zip",
            "es.java.type": "own",
        }
        settings = {
            "cluster.name": cluster,
            "node.name": self.name,
            "path.data": self.folder / "data",
            "path.logs": self.folder / "logs",
            "http.port": self.port,
            "transport.port": self.port + TRANSPORT,
            **discovery,
            "xpack.security.enabled": "false",  # it listens on loopback only
            # Else a disk that is nearly full blocks every new index.
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            # With a heap this small the serial collector lets it fill up before it cleans: counted by
            # what is really used, a bulk of some megabytes would be refused, and searches with it.
            "indices.breaker.total.use_real_memory": "false",
        }
        return [
            f"{java}/bin/java",
            *quick,
            *("-cp", f"{home}/lib/*:{home}/lib/cli-launcher/*"),
            *(f"-D{name}={value}" for name, value in properties.items()),
            *("org.elasticsearch.launcher.CliToolLauncher", "-d", "-p", f"{self.folder}/pid"),
            *(f"-E{name}={value}" for name, value in settings.items()),
        ]

    def lost_its_port(self) -> bool:
        """Tell whether another account's server was quicker to take a port of this node, which is down."""
        return not is_free(self.port) or not is_free(self.port + TRANSPORT)

    def fail(self) -> NoReturn:
        """End the command with what the node said last."""
        log = self.folder / "logs/start.log"
        said = [line for line in log.read_text().splitlines() if not line.startswith("\tat")]
        say("\n".join(said[-5:]))
        fail(f"Elasticsearch did not start: see {log}")

    def stop(self) -> None:
        """Stop the node; its data stay."""
        stop_process(self.process())


def layout(folder: Path, count: int, ports: Sequence[int]) -> list[Node]:
    """Return a server that is alone, or the nodes of a cluster, which has its data apart from the former's.

    `ports`: those of the last start, so that addresses stay what they were where they can.
    """
    if count == 1:
        return [Node(folder.name, folder, ports[0])]
    numbered = [*ports, *range(max(ports) + 1, max(ports) + count)]
    return [
        Node(f"{folder.name}-{number}", folder.with_name(f"{folder.name}-nodes") / str(number), port)
        for number, port in enumerate(numbered[:count], 1)
    ]


def discovery_of(nodes: Sequence[Node], *, is_new: bool) -> dict[str, str]:
    """Return the settings by which nodes find each other.

    Only on its first start is a cluster told who may found it: later a node that has lost its data would
    found a second one beside the others, and each would take writes.
    """
    if len(nodes) == 1:
        return {"discovery.type": "single-node"}
    found = {"discovery.seed_hosts": ",".join(f"127.0.0.1:{node.port + TRANSPORT}" for node in nodes)}
    founders = {"cluster.initial_master_nodes": ",".join(node.name for node in nodes)}
    return found | (founders if is_new else {})
