"""Firm facts as FollowTheMoney entities and statements."""

from c5graph.ftm.writing import write_entities, write_statements

__all__ = ["write_entities", "write_statements"]
