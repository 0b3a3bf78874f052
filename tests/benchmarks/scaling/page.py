# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of the documentation: charts, and what they show in numbers of the result documents."""

import textwrap

WIDTH = 100

HEAD = """\
# How cost grows

Written by `./dev bench scaling`: Threadmill measured its own models, and drew the charts. The
figures are medians (repetitions: {repetitions}), against the built-in server on the same machine;
bars at the points of a chart, and numbers in brackets, are 95 % intervals. What other machines show
differs: the shapes matter more than the heights.

| Machine | |
| --- | --- |
"""


def picture_name(sweep, figure):
    return f"scaling-{sweep.id}-{figure.id.split('.')[0].replace('_', '-')}.svg"


def number(value):
    """Three digits that count."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def estimate(entry, figure):
    """Of a figure such as memory_mib.max; None where it was not measured."""
    for name in figure.id.split("."):
        entry = entry.get(name, {})
    return entry if "median" in entry else None


def lines(results, figure):
    """By model: the swept values and their estimates, ascending."""
    found = {}
    for result in results:
        # thread-pool:1 and thread-pool:10 of a swept concurrency are one line.
        swept = result["experiment"]["sweep"]["parameter"] == "concurrency"
        for entry in result["models"]:
            name = entry["model"].split(":")[0] if swept else entry["model"]
            value = estimate(entry, figure)
            if value is not None:
                found.setdefault(name, []).append((entry["sweep_value"], value))
    return {name: sorted(points, key=lambda point: point[0]) for name, points in found.items()}


def growth(name, points, sweep, figure):
    """One model's sentence."""
    (least, first), (most, last) = points[0], points[-1]
    times = last["median"] / first["median"] if first["median"] > 0 else None
    grown = f", {number(times)} times that" if times is not None else ""
    return (f"`{name}`: {number(first['median'])} {figure.unit} at {least:,.0f} {sweep.value}, "
            f"{number(last['median'])} {figure.unit} at {most:,.0f}{grown}.")


def cell(value):
    if value is None:
        return "–"
    if "low" in value and "high" in value:
        return f"{number(value['median'])} ({number(value['low'])}–{number(value['high'])})"
    return number(value["median"])


def table(by_model, sweep, figure):
    values = sorted({value for points in by_model.values() for value, _ in points})
    rows = [[sweep.value, *by_model], ["--:"] * (1 + len(by_model))]
    for value in values:
        rows.append([f"{value:,.0f}", *(cell(dict(points).get(value))
                                        for points in by_model.values())])
    text = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{figure.title}, {figure.unit}:\n\n{text}\n"


def command(run, experiment):
    """With which a reader does the same."""
    return (f"    threadmill-cli run --models {','.join(experiment['models'])} \\\n"
            f"        {' '.join(run.size)} --repeat {experiment['repetitions']} "
            f"--output {run.name}.threadmill")


def section(sweep, results):
    commands = "\n".join(command(run, result["experiment"])
                         for run, result in zip(sweep.runs, results))
    parts = [f"## {sweep.title}\n\n{commands}\n"]
    for figure in sweep.figures:
        by_model = lines(results, figure)
        sentences = " ".join(growth(name, points, sweep, figure)
                             for name, points in by_model.items())
        parts.append(f"### {figure.title}\n\n"
                     f"![{figure.title} {sweep.title.lower()}](pictures/"
                     f"{picture_name(sweep, figure)})\n\n"
                     f"{textwrap.fill(f'{figure.text} {sentences}', WIDTH)}\n\n"
                     f"{table(by_model, sweep, figure)}")
    warned = dict.fromkeys(warning["message"] for result in results
                           for warning in result["warnings"])
    if warned:
        parts.append("The program's own warnings about these runs:\n\n"
                     + "\n".join(f"- {text}" for text in warned) + "\n")
    return "\n".join(parts)


def machine(result):
    environment = result["environment"]
    program = result["program"]
    return [
        ("processor", environment.get("cpu_model", "")),
        ("cores", str(environment["cores"])
         + (f", {environment['virtualisation']}" if environment.get("virtualisation") else "")),
        ("memory", f"{environment['memory_mib'] / 1024:.1f} GiB"),
        ("system", f"{environment['os']}, {environment['kernel']}, {environment['architecture']}"),
        ("program", f"{program['name']} {program['version']}, compiler {program['compiler']}"),
        ("libraries", ", ".join(f"{name} {version}"
                                for name, version in environment["libraries"].items())),
        ("date", result["trials"][0]["started"][:10]),
    ]


def render(measured):
    """`measured`: pairs of a sweep and its result documents."""
    first = measured[0][1][0]
    facts = "\n".join(f"| {name} | {value} |" for name, value in machine(first) if value)
    head = HEAD.format(repetitions=first["experiment"]["repetitions"])
    return "\n".join([head + facts + "\n", *(section(*pair) for pair in measured)])
