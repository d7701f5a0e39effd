package com.acme.payments

import com.spotify.scio._
import com.spotify.scio.bigquery._
import com.spotify.scio.bigquery.types.BigQueryType

object SettlementJob {
  @BigQueryType.fromQuery(
    """SELECT user_id, country, revenue_cents
      |FROM `acme-data.analytics.user_activity_v1`
      |WHERE event_type = 'purchase'""".stripMargin
  )
  class Purchase

  def main(cmdlineArgs: Array[String]): Unit = {
    val (sc, args) = ContextAndArgs(cmdlineArgs)
    sc.typedBigQuery[Purchase]()
      .map(p => (p.country.getOrElse("unknown"), p.revenue_cents.getOrElse(0L)))
      .sumByKey
      .map { case (country, cents) => s"$country,$cents" }
      .saveAsTextFile(args("output"))
    sc.run()
  }
}
