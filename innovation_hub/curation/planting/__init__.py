"""Duplicates and look-alikes of known origin, planted into the sample collection to measure the detector.

A planted *duplicate* is a synthetic entry that somebody entered a second time in other words; a *decoy* tells the same
idea in the same sentences of another agency with other figures. Nothing here knows how duplicates are found.
"""
