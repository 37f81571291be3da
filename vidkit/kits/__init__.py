"""What the folders of data say: values read from their files, brands and their colours, platforms and their figures."""
