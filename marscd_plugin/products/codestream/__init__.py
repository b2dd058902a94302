"""JPEG 2000 codestreams without decoding (ISO/IEC 15444-1): where each packet lies, and which ones an area needs."""
