"""What clips and pictures say of themselves: made by AI, an advertisement, a sample; drawn, written into files and read back."""
