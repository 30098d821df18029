"""The ledger of deals and the desk of disputes: what claims say side by side, and sums of money.

Everything here reads claims through one view of a release, by rules that the ontology declares
(`ontology/desk.ttl` and the vocabularies it names), and answers with plain records.
"""
