SELECT DATE(created_at) AS order_date, COUNT(*) AS orders, SUM(total_cents) AS total_cents
FROM `acme-data.shop.orders_v1`
GROUP BY order_date
