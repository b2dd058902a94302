"""What is true of a body: CRSs and measuring, geometry across 0/180 and the poles, named places; and Mars time."""
