"""Reading the case list that goes with a return. Nothing that stands in a list is ever repeated in a finding."""
