"""Forecast: the odds of each deadline, with the support planned and without any (S10).

`network` and `results` are plain Python, read by the pages; `draws`, `outlook` and `backward` compute
with numpy, in the background process alone. The method is told in docs/engines/forecast.md.
"""
