-- Every country we know and every country we see, in one list.
SELECT *
FROM `acme-data.reference.countries`
FULL JOIN (SELECT DISTINCT country, app_version FROM `acme-data.analytics.user_activity_v1` WHERE event_type = 'purchase')
USING (country)
