"""办公桌：把 Word 稿、Excel 表、手机照片和几句回答，变成 docs/、data/ 里小而对的改动。"""
