"""«Plazos»: where each programme stands on a day, the year as a picture, the days of the SE."""
