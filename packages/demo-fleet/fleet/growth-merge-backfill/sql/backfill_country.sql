-- Fills the country of late events from the users table.
MERGE INTO `acme-data.analytics.user_activity_v1` AS t
USING `acme-data.crm.users` AS u
ON t.user_id = u.user_id AND t.country IS NULL
WHEN MATCHED THEN
  UPDATE SET country = u.country
