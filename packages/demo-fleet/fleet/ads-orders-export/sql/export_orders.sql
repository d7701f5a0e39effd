SELECT *
FROM `acme-data.shop.orders_v1`
WHERE status = 'paid'
