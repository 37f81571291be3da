"""RGB pictures ↔ planar YUV 4:2:0 frames, BT.709 limited range.

A frame is one ``uint8`` array of shape (H·3/2, W): H rows of Y, then U and V, each H/4 rows of W (H/2 x W/2 laid flat).
The coefficients are those of ITU-R BT.709-6, section 3: Kr 0.2126, Kb 0.0722; limited range: Y 16-235, C 16-240.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

KR, KB = 0.2126, 0.0722
KG = 1.0 - KR - KB
_Y = np.array([KR, KG, KB]) * 219 / 255
_U = np.array([-KR, -KG, 1 - KB]) / (2 * (1 - KB)) * 224 / 255
_V = np.array([1 - KR, -KG, -KB]) / (2 * (1 - KR)) * 224 / 255
TO_YUV = np.vstack([np.append(_Y, 16), np.append(_U, 128), np.append(_V, 128)]).astype(np.float32)


def u8(array: object) -> Bytes:
    """An array as ``uint8``; its values lie between 0 and 255, fractions are cut off."""
    return np.asarray(array, np.uint8)


def planes(frame: Bytes) -> tuple[Bytes, Bytes, Bytes]:
    """Views of a frame's Y (H, W), U and V (H/2, W/2); writing to them writes the frame."""
    height, width = frame.shape[0] * 2 // 3, frame.shape[1]
    quarter = height // 4
    chroma = (height // 2, width // 2)
    u = frame[height : height + quarter].reshape(chroma)
    v = frame[height + quarter :].reshape(chroma)
    return frame[:height], u, v


def empty(width: int, height: int) -> Bytes:
    """A black frame; width and height are pixels, height a multiple of 4 and width of 2."""
    frame = np.full((height * 3 // 2, width), 128, np.uint8)
    frame[:height] = 16
    return frame


def yuv_planes(rgb: Bytes) -> tuple[Bytes, Bytes, Bytes]:
    """An RGB picture (H, W, 3) of even size as Y (H, W), U and V (H/2, W/2), chroma averaged over 2x2 pixels."""
    luma = cv2.transform(rgb, TO_YUV[:1])
    half = cv2.resize(rgb, (rgb.shape[1] // 2, rgb.shape[0] // 2), interpolation=cv2.INTER_AREA)
    chroma = cv2.transform(half, TO_YUV[1:])
    u, v = cv2.split(chroma)
    return np.asarray(luma, np.uint8).reshape(rgb.shape[:2]), np.asarray(u, np.uint8), np.asarray(v, np.uint8)


def of_rgb(rgb: Bytes) -> Bytes:
    """An RGB picture (H, W, 3) as a frame."""
    return np.concatenate([p.reshape(-1, rgb.shape[1]) for p in yuv_planes(rgb)])


def to_rgb(frame: Bytes) -> Bytes:
    """A frame as an RGB picture (H, W, 3), for stills and contact sheets."""
    y, u, v = planes(frame)
    size = (y.shape[1], y.shape[0])
    chroma = [cv2.resize(p, size, interpolation=cv2.INTER_LINEAR) for p in (u, v)]
    back = np.linalg.inv(TO_YUV[:, :3].astype(np.float64))
    offset = -back @ TO_YUV[:, 3].astype(np.float64)
    matrix = np.hstack([back, offset[:, None]]).astype(np.float32)
    return np.asarray(cv2.transform(cv2.merge([y, *chroma]), matrix), np.uint8)


def rgb(hexadecimal: str) -> tuple[int, int, int]:
    """``#rrggbb`` as three numbers from 0 to 255."""
    value = hexadecimal.lstrip("#")
    return int(value[0:2], 16), int(value[2:4], 16), int(value[4:6], 16)
