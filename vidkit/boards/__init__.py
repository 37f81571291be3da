"""What a storyboard is decided by: names in templates, how long scenes are, where words break, when they come and are said."""
