"""What the tests of the index room share."""

from __future__ import annotations

import warnings

# A library of the body engine warns, once, of a proxy it could use but does not find. Loaded here,
# so that a test sees only the warnings that are its own.
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import trafilatura  # noqa: F401
