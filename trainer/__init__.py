"""trainer: the words of the call-centre trade, learnt and remembered."""
