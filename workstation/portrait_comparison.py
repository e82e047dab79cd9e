PORTRAITS = "portraits.json"
