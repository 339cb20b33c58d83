"""Measures Caveat on sets of questions: finding, staying silent, and answering.

Retrieval and abstention are measured on an index made of the set's own documents and thrown away
with the next set; answers on the index in the data folder.
"""
