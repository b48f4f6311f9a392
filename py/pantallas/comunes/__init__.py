"""What several screens share: the frame, fields, texts, cards, what every screen can do."""
