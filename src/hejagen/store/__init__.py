"""What has been made once, kept in the user's cache folder by a hash of all it was made from. Read folder.py first."""
