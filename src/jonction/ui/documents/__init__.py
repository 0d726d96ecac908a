"""A document that people print, sign or finish themselves: said once, written in Word and in PDF."""

from jonction.ui.documents.document import Block, Bullets, Document, Heading, Paragraph, Table

__all__ = ["Block", "Bullets", "Document", "Heading", "Paragraph", "Table"]
