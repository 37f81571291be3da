"""A photo file → an upright sRGB picture ready for a layer."""
