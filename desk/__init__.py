"""办公桌：把 Word 稿、Excel 表、手机照片和几句回答，变成 docs/、data/ 里小而对的改动。"""

import os

os.environ["OPENPYXL_LXML"] = "False"  # 磁盘满了，lxml 写到一半报的不是磁盘的错，还打出一段英文
