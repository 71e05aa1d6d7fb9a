"""Claims about the server's upkeep; in a process of its own, for it changes how Python collects garbage."""

import subprocess
import sys


def test_what_is_there_with_the_first_page_is_collected_no_more_and_what_comes_later_is():
    look = """if True:
        import gc, weakref
        from engine.ui.upkeep import settle
        class Kept:
            pass
        settle()
        frozen = gc.get_freeze_count()
        ring = Kept()
        ring.itself, gone = ring, weakref.ref(ring)
        settle()  # the second page
        assert frozen == gc.get_freeze_count() > 10_000
        del ring
        gc.collect()
        assert gone() is None
        """
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, check=False).returncode == 0
