"""The stage Growth: how strangers become customers."""
