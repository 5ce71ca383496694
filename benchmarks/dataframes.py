"""pandas, Polars and DuckDB: one report on a generated table, from CSV, Parquet and memory, and small questions."""

import gc
import importlib
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import harness

VERSIONS = {"pandas": "3.1.1", "polars": "2.1.0", "duckdb": "2.0.1", "pyarrow": "26.0.1", "numpy": "2.5.5"}
ROOT = harness.WORK / "dataframes"
ROWS, CUSTOMERS, PRODUCTS = 1_000_000, 20_000, 500
RUNS, SMALL = 9, 200
IMPORTS = {"pandas": "import pandas", "polars": "import polars", "duckdb": "import duckdb"}
ORDERS, PEOPLE = ROOT / "orders", ROOT / "customers.parquet"
REPORT = """
    select country, product, sum(amount * quantity) as total, count(*) as orders
    from {orders} as orders join {people} as people using (customer)
    where amount > 20 group by country, product order by total desc, country, product limit 10
"""
# The report: orders above 20, joined with their customers, added up by country and product; the ten largest sums.


def module(name: str) -> Any:
    """A library that only some environments have."""
    return importlib.import_module(name)


def write() -> None:
    """Runs where pandas is: the table of orders as CSV and as Parquet, and the table of customers."""
    np, pd = module("numpy"), module("pandas")
    random = np.random.default_rng(7)
    orders = pd.DataFrame({
        "order": np.arange(ROWS),
        "customer": random.integers(0, CUSTOMERS, ROWS),
        "product": [f"product {number:03}" for number in random.integers(0, PRODUCTS, ROWS)],
        "day": pd.Timestamp("2025-01-01") + pd.to_timedelta(random.integers(0, 365, ROWS), unit="D"),
        "amount": random.gamma(2.0, 20.0, ROWS).round(2),
        "quantity": random.integers(1, 9, ROWS),
    })  # fmt: skip
    people = pd.DataFrame({
        "customer": np.arange(CUSTOMERS),
        "country": [f"country {number:02}" for number in random.integers(0, 40, CUSTOMERS)],
    })  # fmt: skip
    orders.to_csv(ORDERS.with_suffix(".csv"), index=False)
    orders.to_parquet(ORDERS.with_suffix(".parquet"))
    people.to_parquet(PEOPLE)


def with_pandas(orders: Any, people: Any) -> list[tuple[Any, ...]]:
    """The report from two data frames of pandas."""
    chosen = orders[orders["amount"] > 20].merge(people, on="customer")
    chosen["total"] = chosen["amount"] * chosen["quantity"]
    sums = chosen.groupby(["country", "product"], as_index=False).agg(total=("total", "sum"), orders=("total", "size"))
    top = sums.sort_values(["total", "country", "product"], ascending=[False, True, True]).head(10)
    return [tuple(row) for row in top.itertuples(index=False)]


def with_polars(orders: Any, people: Any) -> list[tuple[Any, ...]]:
    """The report from two lazy frames of Polars."""
    pl = module("polars")
    sums = orders.filter(pl.col("amount") > 20).join(people, on="customer").group_by("country", "product")
    added = sums.agg((pl.col("amount") * pl.col("quantity")).sum().alias("total"), pl.len().alias("orders"))
    top = added.sort("total", "country", "product", descending=[True, False, False]).head(10).collect()
    return [tuple(row) for row in top.rows()]


def report(library: str, suffix: str) -> list[tuple[Any, ...]]:
    """The report from the files."""
    orders = ORDERS.with_suffix(suffix)
    if library == "pandas":
        pd = module("pandas")
        columns = ["customer", "product", "amount", "quantity"]
        read = pd.read_csv(orders, usecols=columns) if suffix == ".csv" else pd.read_parquet(orders, columns=columns)
        return with_pandas(read, pd.read_parquet(PEOPLE))
    if library == "polars":
        pl = module("polars")
        return with_polars(
            pl.scan_csv(orders) if suffix == ".csv" else pl.scan_parquet(orders), pl.scan_parquet(PEOPLE)
        )
    duckdb = module("duckdb")
    rows: list[tuple[Any, ...]] = duckdb.sql(REPORT.format(orders=f"'{orders}'", people=f"'{PEOPLE}'")).fetchall()
    return rows


def loaded(library: str) -> tuple[Callable[[], object], Callable[[], object]]:
    """The report from tables in memory, and a sum by group from a table of 1,000 rows."""
    orders = ORDERS.with_suffix(".parquet")
    if library == "pandas":
        pd = module("pandas")
        all_orders, people = pd.read_parquet(orders), pd.read_parquet(PEOPLE)
        few = all_orders.head(1000).copy()
        return lambda: with_pandas(all_orders, people), lambda: few.groupby("product")["amount"].sum()
    if library == "polars":
        pl = module("polars")
        frame, other = pl.read_parquet(orders), pl.read_parquet(PEOPLE)
        small = frame.head(1000).clone()
        return (
            lambda: with_polars(frame.lazy(), other.lazy()),
            lambda: small.group_by("product").agg(pl.col("amount").sum()),
        )
    duckdb = module("duckdb")
    connection = duckdb.connect()
    connection.sql(f"create table orders as from '{orders}'")
    connection.sql(f"create table people as from '{PEOPLE}'")
    connection.sql("create table few as from orders limit 1000")
    return (
        lambda: connection.sql(REPORT.format(orders="orders", people="people")).fetchall(),
        lambda: connection.sql("select product, sum(amount) from few group by product").fetchall(),
    )


def memory(library: str) -> None:
    """Prints the median CPU milliseconds of the report in memory, and the CPU microseconds of a small sum."""
    whole, small = loaded(library)
    times = []
    for _ in range(4):
        gc.collect()
        start = time.process_time()
        whole()
        times.append((time.process_time() - start) * 1000)
    small()
    start = time.process_time()
    for _ in range(SMALL):
        small()
    print(json.dumps([statistics.median(times[1:]), (time.process_time() - start) / SMALL * 1e6]))


def printed(command: Sequence[str | Path]) -> str:
    """What a command prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def same(pythons: dict[str, Path]) -> None:
    """Stop unless all three give one answer, from either file."""
    answers = []
    for library, python in pythons.items():
        for suffix in (".csv", ".parquet"):
            rows = json.loads(printed([python, __file__, "tell", library, suffix]))
            answers.append([(row[0], row[1], round(row[2], 2), row[3]) for row in rows])
    assert all(answer == answers[0] for answer in answers), answers
    assert len(answers[0]) == 10, answers


def in_memory(pythons: dict[str, Path]) -> dict[str, object]:
    """What `memory` prints, over runs in fresh processes that take turns."""
    times: dict[str, list[tuple[float, float]]] = {library: [] for library in pythons}
    for _ in range(RUNS):
        for library, python in pythons.items():
            times[library].append(json.loads(printed([python, __file__, "memory", library])))
    return {
        "report_in_memory_cpu_ms": {one: harness.spread([run[0] for run in runs]) for one, runs in times.items()},
        "small_sum_cpu_us": {one: harness.spread([run[1] for run in runs], 0) for one, runs in times.items()},
    }


def behaviour(library: str) -> dict[str, str]:
    """What becomes of an integer column with a gap when it is read, and of comparing text with a number."""
    gap = ROOT / "gap.csv"
    gap.write_text("id,name\n1,a\n,b\n9007199254740993,c\n")
    asked: dict[str, Callable[[], object]]
    if library == "pandas":
        pd = module("pandas")
        text = pd.DataFrame({"code": ["1", "x"]})
        asked = {"read": lambda: pd.read_csv(gap)["id"].tolist(), "compare": lambda: (text["code"] == 1).tolist()}
    elif library == "polars":
        pl = module("polars")
        frame = pl.DataFrame({"code": ["1", "x"]})
        asked = {"read": lambda: pl.read_csv(gap)["id"].to_list(), "compare": lambda: frame.select(pl.col("code") == 1)}
    else:
        duckdb = module("duckdb")
        asked = {
            "read": lambda: [row[0] for row in duckdb.sql(f"select id from '{gap}'").fetchall()],
            "compare": lambda: duckdb.sql("select code = 1 from (values ('1'), ('x')) as few(code)").fetchall(),
        }
    return {label: outcome(ask) for label, ask in asked.items()}


def outcome(ask: Callable[[], object]) -> str:
    """What comes back, or the name of what is raised."""
    try:
        return repr(ask())
    except Exception as error:  # each library raises errors of its own
        return type(error).__name__


def main() -> None:
    pins = {name: [f"{name}=={VERSIONS[name]}"] for name in IMPORTS}
    alone = {name: harness.environment(name, wanted) for name, wanted in pins.items()}
    extra = [f"{name}=={VERSIONS[name]}" for name in ("pyarrow", "numpy")]
    pythons = {**alone, "pandas": harness.environment("pandas-pyarrow", [*pins["pandas"], *extra])}
    ROOT.mkdir(parents=True, exist_ok=True)
    subprocess.run([pythons["pandas"], __file__, "write"], check=True)
    same(pythons)
    files: dict[str, dict[str, Sequence[str | Path]]] = {
        suffix: {name: [python, __file__, "tell", name, suffix] for name, python in pythons.items()}
        for suffix in (".csv", ".parquet")
    }
    results: dict[str, object] = {
        "rows": ROWS,
        "csv_mb": round(ORDERS.with_suffix(".csv").stat().st_size / 1e6, 1),
        "parquet_mb": round(ORDERS.with_suffix(".parquet").stat().st_size / 1e6, 1),
        "report_from_csv": harness.alternate(files[".csv"], runs=RUNS),
        "report_from_parquet": harness.alternate(files[".parquet"], runs=RUNS),
        **in_memory(pythons),
        "behaviour": {
            name: json.loads(printed([python, __file__, "behave", name])) for name, python in pythons.items()
        },
        "import_ms": harness.import_times({name: (pythons[name], IMPORTS[name]) for name in IMPORTS}, runs=11),
        "footprint": {name: harness.footprint(name, wanted) for name, wanted in pins.items()},
        "footprint_with_pyarrow": harness.footprint("pandas-pyarrow", [*pins["pandas"], *extra]),
    }
    question = "What does one report on a million rows cost with pandas, Polars and DuckDB?"
    harness.save("dataframes", question=question, versions=VERSIONS, results=results)


if __name__ == "__main__":
    if sys.argv[1:2] == ["tell"]:
        print(json.dumps(report(*sys.argv[2:]), default=float))
    elif sys.argv[1:2] == ["memory"]:
        memory(sys.argv[2])
    elif sys.argv[1:2] == ["behave"]:
        print(json.dumps(behaviour(sys.argv[2])))
    elif sys.argv[1:2] == ["write"]:
        write()
    else:
        main()
