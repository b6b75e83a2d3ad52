"""Prints the processor times of an NDJSON file as a table, each peer with its ratio to accord."""

import json
import sys

times: dict[str, dict[str, float]] = {}
peers: list[str] = []
for line in open(sys.argv[1], encoding="utf-8"):
    figure = json.loads(line)
    if figure["metric"] != "cpu_us_per_op":
        continue
    peer = figure["peer"]
    if peer not in peers:
        peers.append(peer)
    row = times.setdefault(figure["workload"], {})
    row[peer] = min(figure["value"], row.get(peer, figure["value"]))

own, others = peers[0], peers[1:]
print("| workload | " + " | ".join(peers) + " |")
print("| --- |" + " --- |" * len(peers))
for workload, row in times.items():
    # Variants of a workload stand beside the workload itself.
    base = times.get(workload.replace("-each", "").replace(":cached", ""), {})
    cells = [f"{row[own]:,.1f} µs" if own in row else "–"]
    for peer in others:
        value = row.get(peer, base.get(peer))
        cells.append(f"{value:,.1f} µs ({value / row[own]:,.1f} ×)" if value and own in row else "–")
    print(f"| {workload} | " + " | ".join(cells) + " |")
