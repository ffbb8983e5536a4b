"""Groups of commands that are more than a line each; `siyu.cli` names them."""
