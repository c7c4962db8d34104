"""An event file by TensorBoard's own protobuf classes and record writer, for EventTest.

    python3 tensorboard_events.py DIRECTORY

Made with TensorBoard 2.21 and protobuf 4.21 (`pip install tensorboard`).
"""

import pathlib
import sys

from tensorboard.compat.proto.event_pb2 import Event, SessionLog
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter


def main(directory):
    summary = Summary()
    summary.value.add(tag="epoch/validation.accuracy", simple_value=0.875)
    summary.value.add(tag="step/train.größe", simple_value=-1.5e-3)
    events = [
        Event(wall_time=1764292345.25, file_version="brain.Event:2"),
        Event(wall_time=1764292346.5, step=70_000, session_log=SessionLog(status=SessionLog.START)),
        Event(wall_time=1764292347.75, step=70_000, summary=summary),
        Event(wall_time=1764292348.0, summary=Summary(value=[Summary.Value(tag="a" * 300, simple_value=float("nan"))])),
    ]
    with open(directory / "events.out.tfevents.golden", "wb") as file:
        writer = RecordWriter(file)
        for event in events:
            writer.write(event.SerializeToString())
        writer.flush()


main(pathlib.Path(sys.argv[1]))
