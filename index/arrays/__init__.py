"""The index's files: a Whoosh codec whose postings, positions, lengths, dates and facet values are
arrays in mapped files.

One file a segment, ``MAIN_<name>.arrays``, of at most 65,536 articles, written once and never
changed; ``container`` says how arrays lie in it and how damage is noticed. Document numbers count
from 0 in each segment. The arrays of a field, each named ``<field>.<array>``:

    text, ends, keys    the terms, sorted by bytes, one after the other; where each ends; the first
                        eight bytes of each as a number (``lexicon``). A term's rank is its number
    starts              for each term the number of its first posting, and the end of the last
    documents           uint16: the document of each posting, ascending within a term
    codes               uint16: frequency << 8 | length, where the length is the field's in that
                        document, rounded to a byte as Whoosh rounds it; missing where all
                        frequencies are one and no length counts
    over_at, over_tf    the postings with a frequency of 255 and more, and the true one
    positions, places   the positions of each posting, one after the other (a posting has as many
                        as its frequency), and for each term the number of its first
    lengths             uint8: the rounded length of the field in each document

A column of values is ``=<name>.<array>``: ``numbers`` and ``present`` (int64, bool), or ``codes``
into the distinct byte strings ``text, ends, keys``. ``stored <name>`` is a column too. The notes of
the file name the fields, with the number of words in each, and the columns.

Whoosh's table of contents names the segments and their deletions. ``ArrayWriter`` (``writer``,
``building``, ``merging``) writes; ``View`` (``view``) is one commit, open for ``search.execution``;
``ArrayCodec`` (``codec``) lets a stock Whoosh searcher read the same files, slowly, as the judge.
"""
