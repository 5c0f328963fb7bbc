"""The demo: the whole product on one machine, with made-up people and a clock that can be moved."""
