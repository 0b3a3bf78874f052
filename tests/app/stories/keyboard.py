# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the keyboard is, and how it gets elsewhere."""


def focused(app, within=None):
    """The node that has the keyboard, or None; to look in a part only is faster."""
    return app.see(where=lambda node: node.has("focused"), within=within)


def walk_to(desk, app, name, key="Tab", within=None):
    """Moves the focus until it stands on what is called so."""
    for _ in range(40):
        node = focused(app, within)
        if node is not None and name in node.name:
            return node
        desk.keys(key)
        before = node.path if node is not None else None
        app.wait_for(lambda old=before: (focused(app, within) or app.root).path != old,
                     "the focus", 20)
    raise AssertionError(f"the focus never reached {name}")
