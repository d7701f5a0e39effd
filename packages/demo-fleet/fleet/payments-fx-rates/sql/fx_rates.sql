SELECT currency, rate, valid_on
FROM `acme-data.reference.fx_rates`
WHERE valid_on >= DATE '2025-01-01'
