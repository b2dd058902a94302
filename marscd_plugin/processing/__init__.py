"""The Processing provider and its algorithms: parameters in, a workflow called, layers out."""
