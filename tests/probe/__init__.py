"""The probe: everyone asks for every address, and nobody finds what belongs to others."""
