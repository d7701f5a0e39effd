SELECT currency, rate FROM `acme-data.reference.fx_rates`
