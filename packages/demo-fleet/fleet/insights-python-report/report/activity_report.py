"""Sends the weekly activity report."""
from google.cloud import bigquery

QUERY = """
SELECT country, COUNT(*) AS events
FROM `acme-data.analytics.user_activity_v1`
WHERE activity_date >= @since
GROUP BY country
"""


def load(client: bigquery.Client, since):
    config = bigquery.QueryJobConfig(
        query_parameters=[bigquery.ScalarQueryParameter("since", "DATE", since)]
    )
    return client.query(QUERY, job_config=config).to_dataframe()
