"""Writes Parquet files of every kind of column that dl reads, in every compression, with pyarrow 25.

Usage: parquet.py DIRECTORY
"""

import sys
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

DIRECTORY = Path(sys.argv[1])

SCALARS = pa.table(
    {
        "text": ["hello", 'a "quoted"\nline, ü 😀', None],
        "whole": pa.array([1, -2, None], pa.int32()),
        "long": pa.array([2**40, None, -1], pa.int64()),
        "unsigned": pa.array([4_000_000_000, None, 1], pa.uint32()),
        "double": pa.array([1.5, float("nan"), 0.1], pa.float64()),
        "float": pa.array([0.1, None, -3e10], pa.float32()),
        "flag": [True, False, None],
        "day": [date(2024, 2, 29), None, date(1969, 12, 31)],
        "local": pa.array([datetime(2024, 2, 29, 12, 30, 1, 500000), None, None], pa.timestamp("ms")),
        "instant": pa.array(
            [datetime(2024, 2, 29, 12, 30, 1, tzinfo=timezone.utc), None, None],
            pa.timestamp("us", "UTC"),
        ),
        "price": pa.array([Decimal("12.50"), None, Decimal("-0.05")], pa.decimal128(9, 2)),
        "bytes": pa.array([b"plain", None, b"x"], pa.binary()),
    }
)

for codec in ["none", "snappy", "zstd", "gzip", "lz4", "brotli"]:
    pq.write_table(SCALARS, DIRECTORY / f"{codec}.parquet", compression=codec, row_group_size=2)
pq.write_table(pa.table({"id": [1, 2], "tags": [["a"], ["b", "c"]]}), DIRECTORY / "lists.parquet")
pq.write_table(pa.table({"id": pa.array([], pa.int32())}), DIRECTORY / "no-rows.parquet")
