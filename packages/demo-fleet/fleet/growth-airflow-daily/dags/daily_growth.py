"""Daily growth numbers."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.bigquery import BigQueryInsertJobOperator

with DAG("daily_growth", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    BigQueryInsertJobOperator(
        task_id="new_users",
        configuration={
            "query": {
                "query": """
                    SELECT country, COUNT(DISTINCT user_id) AS new_users
                    FROM `acme-data.analytics.user_activity_v1`
                    WHERE event_type = 'signup' AND activity_date = '{{ ds }}'
                    GROUP BY country
                """,
                "useLegacySql": False,
            }
        },
    )
