"""Segments made on other computers: a work order goes out, its pictures and the finished segment pass through a store."""
