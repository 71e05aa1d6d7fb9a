"""A visitor without a browser, who speaks the app's own protocol over a WebSocket: what a browser sends and gets."""

import asyncio
import json
import re
from contextlib import asynccontextmanager

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

STEP = re.compile(r'data-step="(\d+)"')


class Visitor:
    """One session. `elements`: what the page has sent so far, by the key that the app gave it; `fragments`: which part
    of the page each belongs to; `html`: what came as HTML in the latest run; `exceptions`: any that were shown; `step`:
    the time step on show; `received`: bytes so far; `clock`: (seconds, fragment) that goes on by itself, or None.
    """

    def __init__(self, socket, query, page):
        self.socket, self.query, self.page = socket, query, page
        self.elements, self.fragments, self.html, self.exceptions, self.step = {}, {}, [], [], None
        self.received = 0
        self.clock = None

    @classmethod
    async def enter(cls, url, query="", page="", headers=None):
        """A page opened, once it has been drawn. Raises OSError or websockets' own errors where nobody answers."""
        endpoint = re.sub("^http", "ws", url).rstrip("/") + "/_stcore/stream"
        socket = await websockets.connect(
            endpoint,
            subprotocols=["streamlit"],
            max_size=None,
            open_timeout=60,
            close_timeout=1,  # who leaves in a flood does not take all of it first
            origin=url.rstrip("/"),
            additional_headers=headers or {},
        )
        visitor = cls(socket, query, page)
        await visitor.run()
        return visitor

    async def run(self, *states, fragment=""):
        """Send these states of widgets, and take what comes until the script has finished."""
        await self.send(*states, fragment=fragment)
        await self.finished()

    async def send(self, *states, fragment=""):
        """Ask for a run with (id, field, value) of each widget."""
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string, rerun.page_name, rerun.fragment_id = self.query, self.page, fragment
        for identity, field, value in states:
            widget = rerun.widget_states.widgets.add()
            widget.id = identity
            if field.endswith("_array_value"):
                getattr(widget, field).data.extend(value)
            else:
                setattr(widget, field, value)
        await self.socket.send(message.SerializeToString())

    async def finished(self, patience=60):
        """Take what comes until the script has finished."""
        self.html = []
        while True:
            raw = await asyncio.wait_for(self.socket.recv(), patience)
            self.received += len(raw)
            message = ForwardMsg()
            message.ParseFromString(raw)
            kind = message.WhichOneof("type")
            if kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return
            if kind == "auto_rerun":
                self.clock = message.auto_rerun.interval, message.auto_rerun.fragment_id
            if kind == "delta":
                self._take(message.delta.new_element, message.delta.fragment_id)

    def _take(self, element, fragment):
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.exceptions.append(element.exception.message)
        elif kind == "html":
            self.html.append(element.html.body)
            if step := STEP.search(element.html.body):
                self.step = int(step[1])
        elif kind is not None and hasattr(getattr(element, kind), "id"):
            one = getattr(element, kind)
            key = one.id.rpartition("-")[2]
            self.elements.pop(key, None)
            self.elements[key], self.fragments[key] = one, fragment

    # --- what a visitor does

    async def press(self, key):
        """Press the button of that key."""
        await self.run((self.elements[key].id, "trigger_value", True), fragment=self.fragments[key])

    async def tell(self, key, name, value):
        """What the component of that key sends as the trigger of that name; with its state, of which it has none."""
        identity = f"$$STREAMLIT_INTERNAL_KEY_{self.elements[key].id}__events"
        told = json.dumps([{"event": name, "value": value}])
        state = (self.elements[key].id, "json_value", "{}")
        await self.run(state, (identity, "json_trigger_value", told), fragment=self.fragments[key])

    @property
    def stage(self):
        """What the latest step has sent: its link, its pictures."""
        return json.loads(self.elements["stage_run"].bytes)

    @property
    def tokens(self):
        """Those out so far."""
        return [chip["text"] for chip in self.stage["run"]["strip"]["chips"]]

    async def leave(self):
        """Close the page."""
        await self.socket.close()


@asynccontextmanager
async def visiting(url, query="", page=""):
    """A page opened, and left in the end."""
    visitor = await Visitor.enter(url, query, page)
    try:
        yield visitor
    finally:
        await visitor.leave()
