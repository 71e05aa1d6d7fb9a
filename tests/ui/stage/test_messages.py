"""What a step sends to the browser, by the app's own protocol: the stage alone (AppTest draws the whole page anew)."""

from pathlib import Path

import pytest
from browser.app_server import serving
from conftest import APP
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

MOST = 40_000  # bytes


class Visitor:
    """The page opened with the link's `query`. `step()` presses Step, and gives the elements and bytes that come."""

    def __init__(self, socket, query):
        self.socket, self.query = socket, query
        self.elements, _ = self._run(BackMsg(rerun_script={}))

    def _run(self, message):
        message.rerun_script.query_string = self.query
        self.socket.send(message.SerializeToString())
        deltas, size = [], 0
        while True:
            raw, forward = self.socket.recv(30), ForwardMsg()
            forward.ParseFromString(raw)
            size += len(raw)
            if forward.WhichOneof("type") == "delta":
                deltas.append(forward.delta)
            elif forward.WhichOneof("type") == "script_finished":
                return deltas, size

    def step(self):
        button = next(one for one in self.elements if one.new_element.button.label == "Step")
        message = BackMsg(rerun_script={"fragment_id": button.fragment_id})
        message.rerun_script.widget_states.widgets.add(id=button.new_element.button.id, trigger_value=True)
        self.elements, size = self._run(message)
        return [delta.new_element for delta in self.elements], size


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    with serving(Path(APP), tmp_path_factory.mktemp("log") / "app.log") as url:
        yield url


def test_a_step_sends_the_stage_and_nothing_else_of_the_page(url):
    endpoint = url.replace("http", "ws") + "_stcore/stream"
    stage = [*["button"] * 7, "button_group", "html", "bidi_component"]
    with connect(endpoint, subprotocols=["streamlit"], origin=url.rstrip("/"), max_size=None) as socket:
        visitor = Visitor(socket, "seed=3&eos=0")
        for t in range(1, 4):
            elements, size = visitor.step()
            assert sorted(filter(None, (one.WhichOneof("type") for one in elements))) == sorted(stage)
            assert any(f'data-step="{t}"' in one.html.body for one in elements)
            assert size < MOST
