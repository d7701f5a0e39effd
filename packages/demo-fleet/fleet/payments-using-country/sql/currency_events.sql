SELECT country, c.currency, a.revenue_cents
FROM `acme-data.reference.countries` AS c
FULL OUTER JOIN `acme-data.analytics.user_activity_v1` AS a USING (country)
