"""Tables of CSV, Excel, WPS and LibreOffice → briefs, one a row, every value with its cell."""
