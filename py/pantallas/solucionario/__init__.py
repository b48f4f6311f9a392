"""«Hoja de los casos»: the cases on paper, for the teacher."""
