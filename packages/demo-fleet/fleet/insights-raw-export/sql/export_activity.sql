-- Everything but what the vendor may not see.
SELECT * EXCEPT (score, legacy_id)
FROM `acme-data.analytics.user_activity_v1`
WHERE activity_date >= DATE '2024-01-01'
