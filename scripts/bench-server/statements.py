"""The statements that a request has the server send, and how fast pgbench is with them: the ceiling of the databases."""

import re
import resource
import subprocess
import time
from dataclasses import dataclass

from bench.processes import program


@dataclass
class Statement:
    database: str
    text: str
    # By their numbers; `None` is null.
    parameters: dict


def statements(postgresql, ask):
    """What a request reads from the databases, which `ask` sends, as PostgreSQL logs it."""
    def log(level, prefix):
        postgresql.execute(f"ALTER SYSTEM SET log_statement = {level}; ALTER SYSTEM SET log_line_prefix = '{prefix}';"
                           "SELECT pg_reload_conf()")
        time.sleep(0.3)

    # What is remembered is found out first, and what is written behind the answer comes within a second.
    ask()
    time.sleep(1.5)
    with open(postgresql.log, encoding="utf-8") as file:
        log("'all'", "@@%d ")
        file.seek(0, 2)
        ask()
        entries = file.read().split("@@")
    log("none", "")
    found = []
    for entry in entries:
        database, _, message = entry.partition(" ")
        if execution := re.match(r"LOG:  execute [^:]*: (SELECT.*)", message, re.DOTALL):
            found.append(Statement(database, execution[1].strip(), {}))
        elif found and (detail := re.match(r"DETAIL:  parameters: (.*)", message, re.DOTALL)):
            found[-1].parameters |= {
                int(number): None if value == "NULL" else value[1:-1].replace("''", "'")
                for number, value in re.findall(r"\$(\d+) = (NULL|'(?:[^']|'')*')", detail[1])}
    return found


def pgbench(postgresql, sent, folder, clients, seconds):
    """How many times a second pgbench sends them, prepared, and its own processor time for each, in microseconds.

    It knows one database at a time: what it takes for several is added up.
    """
    times, processor = 0.0, 0.0
    for database in dict.fromkeys(statement.database for statement in sent):
        lines, variables = ["\\startpipeline"], []
        for number, statement in enumerate(statement for statement in sent if statement.database == database):
            text = statement.text
            for key, value in sorted(statement.parameters.items(), reverse=True):
                text = text.replace(f"${key}", "NULL" if value is None else f":p{number}_{key}")
                if value is not None:
                    variables += ["-D", f"p{number}_{key}={value}"]
            lines.append(f"{text};")
        with open(f"{folder}/{database}.sql", "w", encoding="utf-8") as file:
            file.write("\n".join([*lines, "\\endpipeline\n"]))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        output = subprocess.run(
            [program("pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "1", "-T", str(int(seconds)), *variables,
             "-f", f"{folder}/{database}.sql", postgresql.url(database, "accord_app")],
            capture_output=True, text=True, check=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        count = int(re.search(r"transactions actually processed: (\d+)", output)[1])
        times += 1 / float(re.search(r"tps = ([\d.]+)", output)[1])
        processor += (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e6 / count
    return 1 / times, processor
